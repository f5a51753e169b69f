package dev.touchstone.reports.format;

import dev.touchstone.reports.model.Cell;
import dev.touchstone.reports.model.Decimals;
import dev.touchstone.reports.model.Gallery;

/** Prints galleries as HTML, as far as the budget for pictures goes. */
final class HtmlGallery {

    private static final double BYTES_PER_MEGABYTE = 1 << 20;

    private final HtmlWriter html;
    private final PictureBudget budget;

    HtmlGallery(HtmlWriter html, PictureBudget budget) {
        this.html = html;
        this.budget = budget;
    }

    void print(Gallery gallery) {
        int over = 0;
        html.open("ul", "class", "gallery").line();
        for (Gallery.Picture picture : gallery.pictures()) {
            html.open("li");
            over += image(picture);
            html.open("div", "class", "about");
            html.open("p", "class", "prompt", "dir", "auto")
                    .text(picture.caption())
                    .close();
            if (!picture.badges().isEmpty()) {
                html.open("p", "class", "badges");
                for (Cell.Badge badge : picture.badges()) {
                    html.element("span", "badge " + HtmlBlocks.tone(badge.tone()), badge.text())
                            .text(" ");
                }
                html.close();
            }
            picture.notes().forEach(note -> html.element("p", "fine", note));
            html.element("p", "id", picture.id()).close().close().line();
        }
        html.close();
        if (over > 0) {
            html.element(
                    "p",
                    "note",
                    Decimals.of(over) + (over == 1 ? " picture is" : " pictures are")
                            + " not shown: the report keeps its pictures within "
                            + Decimals.of(budget.totalBytes() / BYTES_PER_MEGABYTE)
                            + " MB. All of them are in the run folder, under outputs.");
        }
    }

    /** Prints the picture or what stands in its place; returns 1 if the budget did not allow it. */
    private int image(Gallery.Picture picture) {
        if (picture.file().isEmpty()) {
            html.element("div", "blank", "no picture");
            return 0;
        }
        PictureBudget.Answer answer = budget.take(picture.file().get());
        if (answer instanceof PictureBudget.Shown shown) {
            Thumbnail thumbnail = shown.thumbnail();
            html.leaf(
                    "img",
                    "src",
                    thumbnail.dataUri(),
                    "width",
                    Integer.toString(thumbnail.widthPixels()),
                    "height",
                    Integer.toString(thumbnail.heightPixels()),
                    "alt",
                    "picture " + picture.id(),
                    "loading",
                    "lazy");
            return 0;
        }
        if (answer instanceof PictureBudget.Unreadable unreadable) {
            html.element("div", "blank", unreadable.reason());
            return 0;
        }
        html.element("div", "blank", "not shown");
        return 1;
    }
}
