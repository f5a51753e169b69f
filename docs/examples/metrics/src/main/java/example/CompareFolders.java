package example;

import dev.touchstone.metrics.measure.Measure;
import dev.touchstone.metrics.measure.MeasureProgress;
import dev.touchstone.metrics.measure.MeasureSettings;
import java.nio.file.Path;

public final class CompareFolders {
    public static void main(String[] folders) {
        Measure measure = new Measure(MeasureSettings.defaults(), MeasureProgress.NONE);
        for (String metric : new String[] {"fid", "lpips"}) {
            System.out.println(measure.of(metric, Path.of(folders[0]), Path.of(folders[1])).score());
        }
    }
}
