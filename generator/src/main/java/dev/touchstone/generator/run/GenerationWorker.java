package dev.touchstone.generator.run;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.touchstone.generator.task.TaskWorker;
import dev.touchstone.metrics.file.Json;
import dev.touchstone.metrics.file.JsonRecord;
import java.util.List;
import java.util.Optional;

/** Makes the requests that tasks say, and answers with the records of their images. */
final class GenerationWorker implements TaskWorker {

    /** The kind of these tasks. */
    static final String KIND = "generate";

    private final RequestRunner runner;
    private final Pacer pacer;

    GenerationWorker(RequestRunner runner, Pacer pacer) {
        this.runner = runner;
        this.pacer = pacer;
    }

    @Override
    public String work(String task) {
        PlannedRequest request = TaskLine.read(Json.parse("task", task));
        pacer.await();
        return write(runner.make(request));
    }

    /**
     * What came of a task.
     *
     * @param images a record for each image, in index order
     * @param failure why the request counts as failed, if it does
     */
    record Result(List<ImageRecord> images, Optional<String> failure) {}

    private static String write(RequestRunner.Outcomes outcomes) {
        ObjectNode json = Json.object();
        ArrayNode images = json.putArray("images");
        outcomes.images().forEach(image -> images.add(ImageLine.json(image)));
        outcomes.failure().ifPresent(failure -> json.put("failure", String.valueOf(failure.getMessage())));
        return Json.line(json);
    }

    static Result read(String result) {
        JsonRecord json = Json.parse("result of a task", result);
        return new Result(json.objects("images").stream().map(ImageLine::read).toList(), json.optionalText("failure"));
    }
}
