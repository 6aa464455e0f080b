package intarsia.models.federated;

import java.util.List;

/** What a node hears when it asks what is next. */
sealed interface CoordinatorMessage {
    /**
     * Who takes part: answers from here on are masked by these keys.
     *
     * @param epoch   its number, rising
     * @param entries all nodes
     */
    record Roster(int epoch, List<RosterEntry> entries) implements CoordinatorMessage {}

    /**
     * A question to all nodes.
     *
     * @param round its number, from 1
     * @param bytes the question
     */
    record Round(int round, byte[] bytes) implements CoordinatorMessage {}

    /**
     * The end of the fit.
     *
     * @param rounds how many rounds there were: what a node missed of them it hears first
     * @param bytes  what came of it
     */
    record End(int rounds, byte[] bytes) implements CoordinatorMessage {}

    /**
     * There is no fit of these rows.
     *
     * @param why one line
     */
    record Refusal(String why) implements CoordinatorMessage {}

    default byte[] write() {
        WireWriter to = new WireWriter();
        switch (this) {
            case Roster(int epoch, List<RosterEntry> entries) -> to.number(1).number(epoch).list(entries, entry -> entry.write(to));
            case Round(int round, byte[] bytes) -> to.number(2).number(round).block(bytes);
            case End(int rounds, byte[] bytes) -> to.number(3).number(rounds).block(bytes);
            case Refusal(String why) -> to.number(4).text(why);
        }
        return to.bytes();
    }

    static CoordinatorMessage read(byte[] bytes) {
        return WireReader.read(bytes, "message of the coordinator", from -> switch (from.number()) {
            case 1 -> new Roster(from.number(), from.list(() -> RosterEntry.read(from)));
            case 2 -> new Round(from.number(), from.block());
            case 3 -> new End(from.number(), from.block());
            case 4 -> new Refusal(from.text());
            default -> throw new IllegalArgumentException("of an unknown kind");
        });
    }
}
