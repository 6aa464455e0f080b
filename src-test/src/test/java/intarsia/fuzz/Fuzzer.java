package intarsia.fuzz;

import intarsia.models.data.DataException;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;

/** Reads changed inputs one after the other and stops at the first fault, with the seed and the smallest input that shows it. */
final class Fuzzer implements AutoCloseable {
    /** What reads longer hangs: inputs are tiny. */
    private static final long LIMIT_S = 5;
    private static final int MOST_CHANGES = 4;
    /** How many smaller inputs are tried. */
    private static final int MOST_TRIES = 3_000;
    private static final Pattern LINE_BREAK = Pattern.compile("\\R");

    private final ExecutorService reader = Executors.newSingleThreadExecutor(Thread.ofPlatform().daemon().factory());
    private int accepted;
    private int refused;

    /** A reader does what it may not do; kind is the same for the same fault. */
    private record Fault(String kind, Throwable cause) {
        static Fault of(Throwable cause) {
            StackTraceElement[] trace = cause.getStackTrace();
            return new Fault(cause.getClass().getName() + (trace.length == 0 ? "" : " at " + trace[0]), cause);
        }
    }

    /** How many inputs were read without complaint. */
    int accepted() {
        return accepted;
    }

    /** How many were refused in one line. */
    int refused() {
        return refused;
    }

    /**
     * Reads the input of one seed.
     *
     * @throws AssertionError at a fault
     */
    void run(Target target, long seed) throws InterruptedException {
        SplittableRandom random = new SplittableRandom(seed);
        Target.Start start = target.starts().get(random.nextInt(target.starts().size()));
        String input = start.text();
        for (int left = 1 + random.nextInt(1 + random.nextInt(MOST_CHANGES)); left > 0; left--) {
            input = target.mutator().mutate(input, random);
        }
        Fault fault = read(start, input);
        if (fault != null) {
            throw new AssertionError(target.name() + ", -Dintarsia.fuzz.seed=" + seed + ": " + fault.cause() + "\nsmallest input found: "
                    + literal(smallest(start, input, fault)), fault.cause());
        }
    }

    /** What is wrong with how an input is read, or null. */
    private Fault read(Target.Start start, String input) throws InterruptedException {
        Future<?> result = reader.submit(() -> {
            start.reading().read(input);
            return null;
        });
        try {
            result.get(LIMIT_S, TimeUnit.SECONDS);
            accepted++;
            return null;
        } catch (ExecutionException e) {
            String message = e.getCause().getMessage();
            if (!(e.getCause() instanceof DataException)) {
                return Fault.of(e.getCause());
            }
            if (message == null || message.isBlank() || LINE_BREAK.matcher(message).find()) {
                return new Fault("message of no or several lines", e.getCause());
            }
            refused++;
            return null;
        } catch (TimeoutException e) {
            return new Fault("hang", new TimeoutException("still reading after " + LIMIT_S + " s"));
        }
    }

    /** Takes pieces out while the fault stays, large pieces first. */
    private String smallest(Target.Start start, String input, Fault fault) throws InterruptedException {
        String least = input;
        int tries = fault.kind().equals("hang") ? MOST_TRIES : 0;
        for (int piece = input.length() / 2; piece > 0; piece /= 2) {
            for (int at = 0; at < least.length() && tries < MOST_TRIES; tries++) {
                String less = least.substring(0, at) + least.substring(Math.min(least.length(), at + piece));
                Fault same = read(start, less);
                if (same != null && same.kind().equals(fault.kind())) {
                    least = less;
                } else {
                    at += piece;
                }
            }
        }
        return least;
    }

    /** As a string in Java. */
    private static String literal(String text) {
        StringBuilder literal = new StringBuilder("\"");
        text.chars().forEach(c -> {
            switch (c) {
                case '\n' -> literal.append("\\n");
                case '\r' -> literal.append("\\r");
                case '\t' -> literal.append("\\t");
                case '"', '\\' -> literal.append('\\').append((char) c);
                default -> literal.append(c >= ' ' && c < 0x7F ? String.valueOf((char) c) : String.format("\\u%04X", c));
            }
        });
        return literal.append('"').toString();
    }

    @Override
    public void close() {
        reader.shutdownNow();
    }
}
