package intarsia.linalg.heap;

import java.util.Locale;

/**
 * How many bytes of an array lie before its first element. The virtual machine decides: 16 usually, 12 before {@code float}s with compact
 * object headers ({@code -XX:+UseCompactObjectHeaders}, the default of JDKs to come), up to 24 without compressed class pointers. The JDK
 * tells it by constants of {@code sun.misc.Unsafe}. Reading them touches no memory and brings no warning, unlike that class's methods, and
 * takes a millisecond, unlike asking the virtual machine for its options.
 */
final class ArrayHeader {
    private static final int USUAL = 16;

    private ArrayHeader() {}

    /** Of an array of a primitive type. A wrong number would cost speed, never a result: a JDK without the constant is taken as usual. */
    static int bytes(Class<?> array) {
        String type = array.getComponentType().getName().toUpperCase(Locale.ROOT);
        try {
            return Class.forName("sun.misc.Unsafe").getField("ARRAY_" + type + "_BASE_OFFSET").getInt(null);
        } catch (ReflectiveOperationException e) {
            return USUAL;
        }
    }
}
