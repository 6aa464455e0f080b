package intarsia.models.files.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import intarsia.models.data.DataException;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Queries to SQLite, H2 and PostgreSQL. */
final class QueryTest {
    private static final List<List<Object>> ROWS = List.of(
            Arrays.asList(9007199254740993L, "nord", 0.1, 3, "2020-02-01"),
            Arrays.asList(7L, "s\u00FCd", null, 2, "2020-01-01"),
            Arrays.asList(7L, "nord", -1e-300, null, null),
            Arrays.asList(3L, null, 1e300, 1, "2021-12-31"));

    @TempDir
    private Path folder;

    private static void fill(TestDatabase database, List<List<Object>> rows) throws SQLException {
        database.run("create table visits (patient bigint, clinic varchar(20), marker double precision, grade integer, seen varchar(10))");
        database.fill("visits", rows);
    }

    private static List<List<String>> texts(List<TableColumn> columns) {
        return IntStream.range(0, columns.getFirst().size()).mapToObj(row -> columns.stream().map(column -> column.text(row)).toList())
                .toList();
    }

    /** What every database gives, in whatever order rows went in. */
    private static void checkAll(TestDatabase database) throws SQLException {
        fill(database, ROWS);
        List<TableColumn> columns = database.ask("select * from visits");
        assertThat(columns.stream().map(column -> column.name().toLowerCase()).toList()).containsExactly("patient", "clinic", "marker",
                "grade", "seen");
        assertThat(texts(columns)).containsExactly(List.of("3", "", "1.0E300", "1", "2021-12-31"),
                List.of("7", "nord", "-1.0E-300", "", ""),
                List.of("7", "s\u00FCd", "", "2", "2020-01-01"), List.of("9007199254740993", "nord", "0.1", "3", "2020-02-01"));
        assertThat(columns.get(2).number(3)).isEqualTo(0.1);
        assertThat(columns.get(2).number(2)).isNaN();
        assertThat(texts(database.ask("select patient, grade from visits where clinic = ? and patient > ?", "nord", 7L)))
                .containsExactly(List.of("9007199254740993", "3"));
        // A value is bound, not pasted.
        assertThat(database.ask("select patient from visits where clinic = ?", "' or '1' = '1").getFirst().size()).isZero();
        database.run("delete from visits");
        List<List<Object>> turned = new ArrayList<>(ROWS);
        Collections.reverse(turned);
        database.fill("visits", turned);
        assertThat(texts(database.ask("select * from visits order by grade desc"))).isEqualTo(texts(columns));
        assertReadOnly(database);
        for (Object[] values : new Object[][] {{}, {1L, 2L}}) {
            assertThatThrownBy(() -> database.ask("select * from visits where grade > ?", values)).isInstanceOf(DataException.class)
                    .hasMessage("the query has 1 question mark, and 'values' lists " + values.length + "; give a value for each question "
                            + "mark");
        }
        assertThatThrownBy(() -> database.ask(" ")).isInstanceOf(DataException.class).hasMessageStartingWith("the query is empty");
        assertThatThrownBy(() -> database.ask("select nothing from visits")).isInstanceOf(DataException.class)
                .hasMessageStartingWith("the database says: ").hasMessageNotContaining("\n").hasMessageNotContaining(database.url());
    }

    /** Some drivers leave out what follows the first statement without a word. */
    @ParameterizedTest
    @ValueSource(strings = {"select 1; select 2", "select ';' ; drop table visits", "select 1;\n-- twice\nselect 2",
        "select 1 /* ; */; select 2"})
    void moreThanOneStatement(String sql) throws SQLException {
        TestDatabase database = TestDatabase.sqlite(folder);
        fill(database, ROWS);
        assertThatThrownBy(() -> database.ask(sql)).isInstanceOf(DataException.class)
                .hasMessage("the query has more than one statement; ask for one, without a semicolon");
    }

    @ParameterizedTest
    @ValueSource(strings = {"select 'a;b'", "select 1;", "select 1 ; -- ; done", "select 1 /* one; two */", "select 'it''s; so' ;\n"})
    void oneStatement(String sql) throws SQLException {
        TestDatabase database = TestDatabase.sqlite(folder);
        fill(database, ROWS);
        assertThat(database.ask(sql).getFirst().size()).isEqualTo(1);
    }

    @Test
    void statementsAtStart() throws SQLException {
        TestDatabase database = TestDatabase.h2(folder);
        fill(database, ROWS);
        String url = database.url() + ";init = delete from visits";
        assertThatThrownBy(() -> new Query(url, "select * from visits", List.of()).read(name -> null)).isInstanceOf(DataException.class)
                .hasMessageStartingWith("the URL has INIT");
        assertThat(database.ask("select * from visits").getFirst().size()).isEqualTo(ROWS.size());
    }

    private static void assertReadOnly(TestDatabase database) {
        for (String sql : new String[] {"delete from visits", "drop table visits", "update visits set grade = 9",
            "create table other (a integer)"}) {
            assertThatThrownBy(() -> database.ask(sql)).as(sql).isInstanceOf(DataException.class).hasMessageNotContaining("\n");
        }
        assertThat(database.ask("select count(*) from visits where grade = 3").getFirst().text(0)).isEqualTo("1");
    }

    @Test
    void sqlite() throws SQLException {
        checkAll(TestDatabase.sqlite(folder));
    }

    @Test
    void h2() throws SQLException {
        checkAll(TestDatabase.h2(folder));
    }

    @Test
    void postgres() throws SQLException, IOException, InterruptedException {
        try (TestDatabase.Postgres server = new TestDatabase.Postgres(folder)) {
            TestDatabase database = server.database();
            checkAll(database);
            assertThatThrownBy(() -> database.ask("with gone as (delete from visits returning *) select * from gone"))
                    .isInstanceOf(DataException.class).hasMessageContaining("read-only");
            assertThat(texts(database.ask("select true, 12.50::numeric(8, 2), 0.1::real, '2020-01-01 01:00+01'::timestamptz, "
                    + "date '2020-01-31', timestamp '2020-01-31 08:30'"))).containsExactly(List.of("true", "12.50", "0.1",
                    "2020-01-01T00:00", "2020-01-31", "2020-01-31 08:30:00"));
            assertThatThrownBy(() -> new Query(database.url(), "select 1", List.of()).read(Map.of(Query.USER, "reader", Query.PASSWORD,
                    "Falsch-99")::get)).isInstanceOf(DataException.class).hasMessageContaining("password authentication failed")
                    .hasMessageNotContaining("Falsch-99").hasMessageNotContaining("reader");
        }
    }

    /** A wrong password is one line that repeats neither it nor the user. */
    @Test
    void wrongPassword() throws SQLException {
        TestDatabase database = TestDatabase.h2(folder);
        fill(database, ROWS);
        assertThatThrownBy(() -> new Query(database.url(), "select * from visits", List.of()).read(Map.of(Query.USER, "reader",
                Query.PASSWORD, "Falsch-99")::get)).isInstanceOf(DataException.class).hasMessageStartingWith("the database says: ")
                .hasMessageNotContaining("Falsch-99").hasMessageNotContaining("\n");
    }

    /** A driver may repeat in its message what it was given. */
    @Test
    void secretsInMessages() throws SQLException {
        TestDatabase database = TestDatabase.h2(folder);
        fill(database, ROWS);
        assertThatThrownBy(() -> database.ask("select " + TestDatabase.PASSWORD.replace('-', '_') + " from reader"))
                .isInstanceOf(DataException.class).hasMessageNotContaining("reader").hasMessageContaining("***");
    }

    @ParameterizedTest
    @ValueSource(strings = {"jdbc:postgresql://host/db?user=me&password=Quelle-7713", "jdbc:postgresql://me:Quelle-7713@host/db",
        "jdbc:h2:file:/tmp/x;USER=me;PASSWORD=Quelle-7713", "jdbc:oracle:thin:me/Quelle-7713@//host/db",
        "jdbc:sqlserver://host;databaseName=a;password=Quelle-7713", "jdbc:mysql://host/db?PASSWORD = Quelle-7713",
        "jdbc:postgresql://host/db?sslpassword=Quelle-7713", "jdbc:postgresql://me@host/db"})
    void credentialsInUrl(String url) {
        assertThatThrownBy(() -> new Query(url, "select 1", List.of()).read(name -> null)).isInstanceOf(DataException.class)
                .hasMessageContaining("set INTARSIA_JDBC_USER and INTARSIA_JDBC_PASSWORD").hasMessageNotContaining("Quelle-7713");
    }

    /** A driver, of H2 below, whose connections cannot be made to only read. */
    private static Driver writing(String prefix) {
        return (Driver) Proxy.newProxyInstance(QueryTest.class.getClassLoader(), new Class<?>[] {Driver.class}, (proxy, method, given) ->
                switch (method.getName()) {
                    case "acceptsURL" -> ((String) given[0]).startsWith(prefix);
                    case "connect" -> ((String) given[0]).startsWith(prefix) ? stubborn(DriverManager.getConnection(((String) given[0])
                            .replace(prefix, "jdbc:h2:"), (Properties) given[1])) : null;
                    case "equals" -> proxy == given[0];
                    case "hashCode" -> 1;
                    case "toString" -> "a driver of H2";
                    default -> throw new UnsupportedOperationException(method.getName());
                });
    }

    private static Connection stubborn(Connection connection) {
        return (Connection) Proxy.newProxyInstance(QueryTest.class.getClassLoader(), new Class<?>[] {Connection.class}, (proxy, method,
                given) -> {
            if (method.getName().equals("setReadOnly")) {
                throw new SQLException("cannot be changed");
            }
            return method.invoke(connection, given);
        });
    }

    /** Where a connection cannot be made to only read, nothing but a select is asked. */
    @Test
    void noReadOnlyConnections() throws SQLException {
        TestDatabase database = TestDatabase.h2(folder);
        fill(database, ROWS);
        Driver driver = writing("jdbc:stubborn:");
        DriverManager.registerDriver(driver);
        try {
            TestDatabase same = new TestDatabase(database.url().replace("jdbc:h2:", "jdbc:stubborn:"), database.environment());
            assertThat(same.ask("\n Select patient from visits;\n").getFirst().size()).isEqualTo(4);
            for (String sql : new String[] {"delete from visits", "with a as (select 1) select * from a"}) {
                assertThatThrownBy(() -> same.ask(sql)).isInstanceOf(DataException.class).hasMessageContaining("nothing but a select");
            }
            assertThat(database.ask("select * from visits").getFirst().size()).isEqualTo(4);
        } finally {
            DriverManager.deregisterDriver(driver);
        }
    }

    /** Asking makes no database. */
    @Test
    void noDatabase() {
        for (TestDatabase database : List.of(TestDatabase.h2(folder), TestDatabase.sqlite(folder))) {
            assertThatThrownBy(() -> database.ask("select 1")).isInstanceOf(DataException.class)
                    .hasMessageStartingWith("the database says: ");
        }
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void noDriver() {
        assertThatThrownBy(() -> new Query("jdbc:nosuch://host/db", "select 1", List.of()).read(name -> null))
                .isInstanceOf(DataException.class).hasMessage("no JDBC driver for jdbc:nosuch: is on the class path; name its jar: "
                        + "INTARSIA_CLASS_PATH=/path/to/driver.jar");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "jdbc:", "jdbc:nosuch", "hearts.db", "postgresql://host/db", "jdbc:sqlite:/no/such/folder/a.db"})
    void wrongUrl(String url) {
        assertThatThrownBy(() -> new Query(url, "select 1", List.of()).read(name -> null)).isInstanceOf(DataException.class)
                .hasMessageNotContaining("\n");
    }
}
