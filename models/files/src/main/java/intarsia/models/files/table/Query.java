package intarsia.models.files.table;

import intarsia.models.data.DataException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Types;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Properties;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * A query to a database through a JDBC driver that the user put on the class path. Who asks is said by the environment alone:
 * {@value #USER} and {@value #PASSWORD}; a URL that says it is refused, and no message repeats any of it.
 *
 * @param url    where the database is, {@code jdbc:...}
 * @param sql    what is asked, with a question mark for each value
 * @param values what is bound to the question marks: texts, whole and real numbers, true and false
 */
public record Query(String url, String sql, List<Object> values) {
    /** The environment variable with the user's name. */
    public static final String USER = "INTARSIA_JDBC_USER";
    /** The environment variable with the password. */
    public static final String PASSWORD = "INTARSIA_JDBC_PASSWORD";

    private static final Pattern CREDENTIALS = Pattern.compile("(password|passwd|pwd|passphrase|secret|token|accesskey)\\s*="
            + "|[?&;,:({]\\s*(user|username|user_name|uid|login)\\s*=|//[^/@]+@|:[^/@:]+[:/][^/@]+@", Pattern.CASE_INSENSITIVE);
    private static final Pattern KIND = Pattern.compile("jdbc:[^:]+:");
    private static final Pattern SELECT = Pattern.compile("\\s*select\\b", Pattern.CASE_INSENSITIVE);
    /** Texts, quoted names and comments, in which a semicolon ends no statement; PostgreSQL quotes texts by dollars, too. */
    private static final Pattern QUOTED = Pattern.compile("'[^']*'|\"[^\"]*\"|`[^`]*`|\\$(\\w*)\\$.*?\\$\\1\\$|--[^\\n]*|/\\*.*?\\*/",
            Pattern.DOTALL);
    private static final Pattern SECOND_STATEMENT = Pattern.compile(";\\s*[^\\s;]");
    private static final Pattern STATEMENTS_AT_START = Pattern.compile(";\\s*INIT\\s*=", Pattern.CASE_INSENSITIVE);
    private static final int FETCHED_AT_ONCE = 1_000;

    /** Keeps a copy. */
    public Query {
        values = List.copyOf(values);
    }

    /**
     * Asks it, in a transaction that may only read and is rolled back. Rows come in the order of their cells, from the first column on, so
     * that nothing depends on the order in which a database gives them; one that the query asks for has no effect.
     *
     * @param environment the value of an environment variable, or null
     * @return columns, all of one size
     * @throws DataException if there is no driver, the URL holds a user or a password, or statements to run, the query has more than one
     *                       statement, or the database refuses: one line without the URL
     */
    public List<TableColumn> read(UnaryOperator<String> environment) {
        if (!KIND.matcher(url).lookingAt()) {
            throw new DataException("'jdbc' is where a database is, such as \"jdbc:sqlite:hearts.db\"");
        }
        if (CREDENTIALS.matcher(url).find()) {
            throw new DataException("the URL says who asks, and a study file is no place for that; take user and password out of it and "
                    + "set " + USER + " and " + PASSWORD);
        }
        if (sql.isBlank()) {
            throw new DataException("the query is empty; write what is asked: query = \"select * from visits\"");
        }
        // SQLite would leave out what follows the first, others run it.
        if (SECOND_STATEMENT.matcher(QUOTED.matcher(sql).replaceAll(" ")).find()) {
            throw new DataException("the query has more than one statement; ask for one, without a semicolon");
        }
        if (url.startsWith("jdbc:h2:") && STATEMENTS_AT_START.matcher(url).find()) {
            throw new DataException("the URL has INIT, by which H2 runs statements at every start, writing ones too; take it out");
        }
        String user = environment.apply(USER);
        String password = environment.apply(PASSWORD);
        if (!hasDriver()) {
            throw new DataException("no JDBC driver for " + url.substring(0, url.indexOf(':', "jdbc:".length()) + 1)
                    + " is on the class path; name its jar: INTARSIA_CLASS_PATH=/path/to/driver.jar");
        }
        try (Connection connection = DriverManager.getConnection(url, properties(user, password))) {
            setReadOnly(connection);
            connection.setAutoCommit(false);
            try {
                return sorted(ask(connection));
            } finally {
                connection.rollback();
            }
        } catch (DataException e) {
            throw e;
        } catch (SQLException | RuntimeException e) {
            // Drivers throw what they like.
            throw new DataException("the database says: " + told(e, user, password));
        }
    }

    private boolean hasDriver() {
        return DriverManager.drivers().anyMatch(driver -> {
            try {
                return driver.acceptsURL(url);
            } catch (SQLException e) {
                return false;
            }
        });
    }

    private Properties properties(String user, String password) {
        Properties properties = new Properties();
        if (user != null) {
            properties.setProperty("user", user);
        }
        if (password != null) {
            properties.setProperty("password", password);
        }
        // SQLite opens a file for reading only, or not at all for that: 1 is its SQLITE_OPEN_READONLY.
        if (url.startsWith("jdbc:sqlite:")) {
            properties.setProperty("open_mode", "1");
        }
        // H2 makes a database that is not there.
        if (url.startsWith("jdbc:h2:") && !url.toUpperCase(Locale.ROOT).contains(";IFEXISTS=")) {
            properties.setProperty("IFEXISTS", "TRUE");
        }
        return properties;
    }

    /** Some drivers say of a database as a whole, if at all, that it is only read: then nothing but a select is asked. */
    private void setReadOnly(Connection connection) {
        try {
            connection.setReadOnly(true);
        } catch (SQLException e) {
            if (!SELECT.matcher(sql).lookingAt()) {
                throw new DataException("this driver has no connections that only read, so nothing but a select is asked");
            }
        }
    }

    private List<TableColumn> ask(Connection connection) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql, ResultSet.TYPE_FORWARD_ONLY, ResultSet.CONCUR_READ_ONLY)) {
            statement.setFetchSize(FETCHED_AT_ONCE);
            bind(statement);
            try (ResultSet rows = statement.executeQuery()) {
                ResultSetMetaData heading = rows.getMetaData();
                int width = heading.getColumnCount();
                List<ColumnBuilder> columns = new ArrayList<>();
                boolean[] zoned = new boolean[width];
                for (int j = 0; j < width; j++) {
                    columns.add(new ColumnBuilder(heading.getColumnLabel(j + 1)));
                    zoned[j] = heading.getColumnType(j + 1) == Types.TIMESTAMP_WITH_TIMEZONE
                            || heading.getColumnTypeName(j + 1).equalsIgnoreCase("timestamptz");
                }
                while (rows.next()) {
                    for (int j = 0; j < width; j++) {
                        columns.get(j).add(value(rows, j + 1, zoned[j]));
                    }
                }
                return columns.stream().map(ColumnBuilder::build).toList();
            }
        }
    }

    /** Binds as many values as are asked for: some drivers take a missing one for null. */
    private void bind(PreparedStatement statement) throws SQLException {
        int wanted = statement.getParameterMetaData().getParameterCount();
        if (wanted != values.size()) {
            throw new DataException("the query has " + wanted + (wanted == 1 ? " question mark" : " question marks") + ", and 'values' "
                    + "lists " + values.size() + "; give a value for each question mark");
        }
        for (int i = 0; i < wanted; i++) {
            statement.setObject(i + 1, values.get(i));
        }
    }

    /** Numbers as numbers, all else as the database writes it; times of a zone in UTC. */
    private static Object value(ResultSet rows, int column, boolean zoned) throws SQLException {
        if (zoned) {
            OffsetDateTime time = rows.getObject(column, OffsetDateTime.class);
            return time == null ? null : time.withOffsetSameInstant(ZoneOffset.UTC).toLocalDateTime();
        }
        Object value = rows.getObject(column);
        return value instanceof Number || value instanceof Boolean || value == null ? value : rows.getString(column);
    }

    private static List<TableColumn> sorted(List<TableColumn> columns) {
        Comparator<Integer> order = (a, b) -> 0;
        for (TableColumn column : columns) {
            order = order.thenComparing(switch (column) {
                case TableColumn.Numbers numbers -> Comparator.comparingDouble(numbers::number);
                case TableColumn.Wholes wholes -> Comparator.<Integer, Boolean>comparing(wholes.missing()::get)
                        .thenComparingLong(row -> wholes.values()[row]);
                case TableColumn.Texts texts -> Comparator.comparing(texts::text);
            });
        }
        int[] rows = IntStream.range(0, columns.isEmpty() ? 0 : columns.getFirst().size()).boxed().sorted(order)
                .mapToInt(Integer::intValue).toArray();
        return columns.stream().map(column -> column.at(rows)).toList();
    }

    /** What a driver says, on one line, without what only some may know. */
    private String told(Exception e, String user, String password) {
        String said = Objects.toString(e.getMessage(), e.getClass().getSimpleName()).replace(url, "the URL");
        if (password != null && !password.isEmpty()) {
            said = said.replace(password, "***");
        }
        if (user != null && !user.isEmpty()) {
            said = said.replaceAll("(?<!\\w)" + Pattern.quote(user) + "(?!\\w)", "***");
        }
        return said.strip().replaceAll("\\s+", " ");
    }
}
