package intarsia.models.federated;

import java.util.List;

/**
 * A node as the others know it.
 *
 * @param name         the common name of its certificate
 * @param certificates its certificate and those that it leads to
 * @param key          its public key for masks
 * @param signature    of the key, by its certificate
 */
record RosterEntry(String name, List<byte[]> certificates, byte[] key, byte[] signature) {
    void write(WireWriter to) {
        to.text(name).list(certificates, to::block).block(key).block(signature);
    }

    static RosterEntry read(WireReader from) {
        return new RosterEntry(from.text(), from.list(from::block), from.block(), from.block());
    }
}
