package dev.touchstone.cli.command;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** What can be measured without a run. */
enum MeasuredMetric {
    FID,
    FID_INFINITY,
    KID,
    PRDC,
    IS,
    CMMD,
    CLIP_SCORE,
    LPIPS,
    SSIM,
    MS_SSIM,
    PSNR;

    boolean needsClip() {
        return this == CMMD || this == CLIP_SCORE;
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Reads a metric's name. */
    static final class Converter implements ITypeConverter<MeasuredMetric> {
        @Override
        public MeasuredMetric convert(String text) {
            return Arrays.stream(values())
                    .filter(one -> one.toString().equals(text))
                    .findFirst()
                    .orElseThrow(() -> new TypeConversionException("expected one of "
                            + Arrays.stream(values())
                                    .map(MeasuredMetric::toString)
                                    .collect(Collectors.joining(", "))
                            + ", found \"" + text + "\""));
        }
    }
}
