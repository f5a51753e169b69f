package dev.touchstone.cli.command;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * The size of images, written {@code 64x80}.
 *
 * @param widthPixels in [8, 4096]
 * @param heightPixels in [8, 4096]
 */
record Size(int widthPixels, int heightPixels) {

    private static final Pattern SIZE = Pattern.compile("([0-9]{1,4})x([0-9]{1,4})");

    /** Reads {@code WIDTHxHEIGHT}. */
    static final class Converter implements ITypeConverter<Size> {
        @Override
        public Size convert(String text) {
            Matcher matcher = SIZE.matcher(text);
            if (matcher.matches()) {
                int width = Integer.parseInt(matcher.group(1));
                int height = Integer.parseInt(matcher.group(2));
                if (Math.min(width, height) >= 8 && Math.max(width, height) <= 4096) {
                    return new Size(width, height);
                }
            }
            throw new TypeConversionException(
                    "expected WIDTHxHEIGHT with sides from 8 to 4096, found \"" + text + "\"");
        }
    }
}
