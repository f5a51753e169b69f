package dev.touchstone.eval.label;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoField;
import java.time.temporal.TemporalAccessor;
import java.util.Locale;
import java.util.Optional;

/**
 * When a vote was given, as programs and spreadsheets write it: {@code 2026-01-31T12:00:00Z}, with a blank for the {@code T},
 * without seconds, without time of day (its start), the year first or {@code 31.1.2026}. Without an offset it is UTC. A date with
 * slashes whose year comes last is not read, because it may be meant in two ways.
 */
final class CastTime {

    private static final DateTimeFormatter FORM = new DateTimeFormatterBuilder()
            .parseCaseInsensitive()
            .appendPattern("[uuuu-M-d][uuuu/M/d][d.M.uuuu]")
            .optionalStart()
            .appendPattern("['T'][' ']")
            .appendPattern("H:mm[:ss")
            .appendFraction(ChronoField.NANO_OF_SECOND, 0, 9, true)
            .appendPattern("]")
            .optionalStart()
            .appendPattern("[' ']")
            .appendOffset("+HH:mm", "Z")
            .optionalEnd()
            .optionalEnd()
            .toFormatter(Locale.ROOT)
            .withResolverStyle(ResolverStyle.STRICT);

    private CastTime() {}

    /** The time; empty if the text is none. */
    static Optional<Instant> parse(String text) {
        try {
            TemporalAccessor parsed = FORM.parseBest(text, OffsetDateTime::from, LocalDateTime::from, LocalDate::from);
            return Optional.of(
                    parsed instanceof OffsetDateTime time
                            ? time.toInstant()
                            : parsed instanceof LocalDateTime time
                                    ? time.toInstant(ZoneOffset.UTC)
                                    : ((LocalDate) parsed).atStartOfDay().toInstant(ZoneOffset.UTC));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    /** What a spreadsheet may have made of a time; empty if nothing can be said. */
    static String hint(String text) {
        if (text.matches("[0-9]{1,2}/[0-9]{1,2}/[0-9]{2,4}.*")) {
            return "day and month may be meant either way round: write the year first";
        }
        return text.matches("[0-9]{4,6}([.,][0-9]+)?")
                ? "a spreadsheet's number of a day: format the column as text"
                : "";
    }
}
