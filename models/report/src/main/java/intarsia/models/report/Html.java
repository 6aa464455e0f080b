package intarsia.models.report;

/** Texts in HTML. */
final class Html {
    private Html() {}

    /** What stands for itself, in a text or an attribute, whatever markup it holds. */
    static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\"", "&quot;");
    }

    /** The same with what stands between backticks as code. */
    static String code(String text) {
        return escaped(text).replaceAll("`([^`]*)`", "<code>$1</code>");
    }
}
