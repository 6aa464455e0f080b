package intarsia.models.report;

import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.font.FontRenderContext;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import javax.imageio.ImageIO;
import org.knowm.xchart.internal.chartpart.Chart;

/**
 * A figure of a report, as SVG or PNG: a picture, the words for those who do not see it, and the numbers behind it.
 *
 * @param name    of its files
 * @param title   above it
 * @param caption how to read it
 * @param words   what it shows, for a reader who does not see it
 * @param numbers what is drawn
 * @param chart   the picture; it takes the size at which it was painted last
 * @param width   of the picture with its legend, without a title
 * @param height  the same upwards
 */
public record Figure(String name, String title, String caption, String words, Table numbers, Chart<?, ?> chart, int width, int height) {
    private static final int SCALE = 2;
    private static final int TITLE = 14;
    private static final int TITLE_HEIGHT = 28;
    private static final int MARGIN = 8;

    /** Of a chart that was not painted yet. */
    public Figure(String name, String title, String caption, String words, Table numbers, Chart<?, ?> chart) {
        this(name, title, caption, words, numbers, chart, chart.getWidth(), chart.getHeight());
    }

    private int height(boolean titled) {
        return height + (titled ? TITLE_HEIGHT : 0);
    }

    /** Inside a page title and legend are the page's. A title is made smaller until it fits. */
    private void paint(Graphics2D graphics, boolean titled) {
        boolean legend = chart.getStyler().isLegendVisible();
        int wide = titled ? width : widthInside();
        if (titled) {
            graphics.setColor(Color.WHITE);
            graphics.fillRect(0, 0, width, TITLE_HEIGHT);
            Font font = ChartStyle.font(TITLE).deriveFont(Font.BOLD);
            double room = font.getStringBounds(title, new FontRenderContext(null, true, true)).getWidth();
            graphics.setColor(Color.BLACK);
            graphics.setFont(font.deriveFont((float) Math.min(TITLE, TITLE * (width - 2 * MARGIN) / Math.max(1, room))));
            graphics.drawString(title, MARGIN, TITLE_HEIGHT - MARGIN);
            graphics.translate(0, TITLE_HEIGHT);
        }
        chart.getStyler().setLegendVisible(legend && titled);
        chart.paint(graphics, wide, height);
        chart.getStyler().setLegendVisible(legend);
    }

    /** How wide it is inside a page, where the legend is text below. */
    int widthInside() {
        return width - ChartLegend.beside(chart);
    }

    /** As PNG with its title, at twice the size. */
    public byte[] png() {
        BufferedImage image = new BufferedImage(SCALE * width, SCALE * height(true), BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = image.createGraphics();
        graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        graphics.scale(SCALE, SCALE);
        paint(graphics, true);
        graphics.dispose();
        try (ByteArrayOutputStream bytes = new ByteArrayOutputStream()) {
            ImageIO.write(image, "png", bytes);
            return bytes.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** As SVG with its title, for a file. */
    public String svg() {
        return drawing(true).file();
    }

    /**
     * As SVG for the inside of a page, which has the title beside it and says what the colors are.
     *
     * @param id of the picture in the page: a letter, then letters, digits and hyphens
     */
    public String inside(String id) {
        return drawing(false).inside(id);
    }

    private SvgDrawing drawing(boolean titled) {
        return SvgDrawing.of(title, words.isEmpty() ? caption : words, titled ? width : widthInside(), height(titled),
                graphics -> paint(graphics, titled));
    }
}
