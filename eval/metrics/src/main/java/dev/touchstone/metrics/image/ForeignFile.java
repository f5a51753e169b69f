package dev.touchstone.metrics.image;

import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** What a file is that is no image of a known format, told by its first bytes: for messages. */
final class ForeignFile {

    private static final int LOOKED_AT = 512;

    private ForeignFile() {}

    /** A noun, as {@code a web page (HTML)}; the first bytes where nothing is known of them. */
    static String describe(byte[] bytes) {
        String head = new String(bytes, 0, Math.min(LOOKED_AT, bytes.length), StandardCharsets.ISO_8859_1);
        String text = (head.startsWith("\u00ef\u00bb\u00bf") ? head.substring(3) : head).strip();
        String lower = text.toLowerCase(Locale.ROOT);
        if (head.startsWith("version https://git-lfs")) {
            return "a pointer of Git LFS in place of the file; fetch it with 'git lfs pull'";
        }
        if (head.contains("/annex/objects/") || head.contains(".git/annex")) {
            return "a pointer of git-annex in place of the file; fetch it with 'git annex get'";
        }
        if (head.length() >= 12 && head.startsWith("ftyp", 4)) {
            return brand(head.substring(8, 12));
        }
        String known = known(head, bytes);
        if (!known.isEmpty()) {
            return known;
        }
        if (lower.startsWith("<!doctype html") || lower.startsWith("<html") || lower.contains("<html")) {
            return "a web page (HTML), as servers send in place of a file";
        }
        if (lower.contains("<svg")) {
            return "an SVG drawing";
        }
        if (lower.startsWith("<?xml")) {
            return "an XML file, as servers send in place of a file";
        }
        if (lower.startsWith("{") || lower.startsWith("[{")) {
            return "a JSON text, as servers send in place of a file";
        }
        if (head.chars().allMatch(c -> c == 0)) {
            return "a file that begins with " + head.length() + " bytes of zero, as an interrupted copy leaves";
        }
        if (!text.isEmpty()
                && head.chars().allMatch(c -> c >= 0x20 && c != 0x7f || c == '\n' || c == '\r' || c == '\t')) {
            return "a text file";
        }
        return "a file that starts with " + firstBytes(bytes);
    }

    private static String brand(String brand) {
        return switch (brand) {
            case "avif", "avis" -> "an AVIF image";
            case "heic", "heix", "heim", "heis", "hevc", "hevx", "mif1", "msf1" -> "a HEIC image";
            case "jxl " -> "a JPEG XL image";
            case "jp2 ", "jpx " -> "a JPEG 2000 image";
            case "crx " -> "a raw photograph (CR3)";
            default -> "a video or another file of MP4's kind";
        };
    }

    private static String known(String head, byte[] bytes) {
        String[][] signatures = {
            {"PK\u0003\u0004", zip(bytes)},
            {"\u0080\u0002", "a Python pickle"},
            {"\u0000\u0000\u0000\u000cJXL ", "a JPEG XL image"},
            {"\u00ff\n", "a JPEG XL image"},
            {"\u0000\u0000\u0000\u000cjP  ", "a JPEG 2000 image"},
            {"\u00ffO\u00ffQ", "a JPEG 2000 image"},
            {"II+\u0000", "a BigTIFF"},
            {"MM\u0000+", "a BigTIFF"},
            {"IIU\u0000", "a raw photograph"},
            {"II\u00bc", "a JPEG XR image"},
            {"8BPS", "a Photoshop document"},
            {"%PDF", "a PDF document"},
            {"\u0093NUMPY", "a NumPy array"},
            {"\u0089HDF", "an HDF5 file"},
            {"\u001f\u008b", "a file packed by gzip"},
            {"\u0028\u00b5\u002f\u00fd", "a file packed by Zstandard"},
            {"7z\u00bc\u00af", "a 7z archive"},
            {"Rar!", "a RAR archive"},
            {"\u0000\u0000\u0001\u0000", "an icon (ICO)"},
            {"\u0000\u0000\u0002\u0000", "a cursor (CUR)"},
            {"\u0076\u002f\u0031\u0001", "an OpenEXR image"},
            {"#?RADIANCE", "a Radiance HDR image"},
            {"qoif", "a QOI image"},
            {"DDS ", "a DirectDraw texture"},
            {"\u008aMNG", "an MNG animation"},
            {"\u0059\u00a6\u006a\u0095", "a Sun raster"},
            {"\u0001\u00da", "an SGI image"},
            {"FLIF", "a FLIF image"},
            {"BPG\u00fb", "a BPG image"},
            {"RIFF", "a RIFF file of another kind than WebP"},
            {"Mac OS X        ", "the sidecar of a file of macOS (AppleDouble)"},
            {"\u0000\u0005\u0016\u0007", "the sidecar of a file of macOS (AppleDouble)"},
            {"P1", "a Netpbm image"},
            {"P2", "a Netpbm image"},
            {"P3", "a Netpbm image"},
            {"P4", "a Netpbm image"},
            {"P5", "a Netpbm image"},
            {"P6", "a Netpbm image"},
            {"P7", "a Netpbm image"},
            {"PF", "a portable float map"}
        };
        for (String[] signature : signatures) {
            if (head.startsWith(signature[0])
                    && (!signature[0].startsWith("P")
                            || signature[0].length() > 2
                            || head.length() > 2 && Character.isWhitespace(head.charAt(2)))) {
                return signature[1];
            }
        }
        return "";
    }

    /** An archive names its files in its text. */
    private static String zip(byte[] bytes) {
        String text = new String(bytes, 0, Math.min(1 << 16, bytes.length), StandardCharsets.ISO_8859_1);
        if (text.contains("/data.pkl") || text.contains("/constants.pkl")) {
            return "a PyTorch or TorchScript archive";
        }
        return text.contains(".npy") ? "an archive of NumPy arrays (npz)" : "a ZIP archive";
    }

    private static String firstBytes(byte[] bytes) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < Math.min(4, bytes.length); i++) {
            text.append(String.format(Locale.ROOT, i == 0 ? "%02x" : " %02x", bytes[i]));
        }
        return text.toString();
    }
}
