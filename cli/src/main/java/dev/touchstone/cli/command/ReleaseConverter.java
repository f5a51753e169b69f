package dev.touchstone.cli.command;

import dev.touchstone.generator.manifest.Release;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads {@code id/version}. */
final class ReleaseConverter implements ITypeConverter<Release> {

    private static final Pattern RELEASE = Pattern.compile("([a-z0-9-]{1,40})/([1-9][0-9]{0,8})");

    @Override
    public Release convert(String text) {
        Matcher matcher = RELEASE.matcher(text);
        if (!matcher.matches()) {
            throw new TypeConversionException("expected ID/VERSION, such as builtin/1, found \"" + text + "\"");
        }
        return new Release(matcher.group(1), Integer.parseInt(matcher.group(2)));
    }
}
