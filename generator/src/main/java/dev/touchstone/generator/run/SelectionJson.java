package dev.touchstone.generator.run;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.touchstone.generator.backend.CandidateJudge.Judgement;
import dev.touchstone.generator.backend.Selection;
import dev.touchstone.generator.backend.Selection.Candidate;
import dev.touchstone.metrics.file.Json;
import dev.touchstone.metrics.file.JsonRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The member {@code bestOf} of an image's record, both ways. */
final class SelectionJson {

    private SelectionJson() {}

    static ObjectNode write(Selection selection) {
        ObjectNode json = Json.object().put("asked", selection.asked()).put("kept", selection.kept());
        ArrayNode candidates = json.putArray("candidates");
        for (Candidate candidate : selection.candidates()) {
            ObjectNode one = candidates.addObject().put("noiseIndex", candidate.noiseIndex());
            candidate
                    .judgement()
                    .ifPresent(judgement ->
                            one.put("adherence", judgement.adherence()).put("confidence", judgement.confidence()));
        }
        return json;
    }

    static Selection read(JsonRecord json) {
        List<Candidate> candidates = new ArrayList<>();
        try {
            for (JsonRecord one : json.objects("candidates")) {
                candidates.add(new Candidate(
                        one.count("noiseIndex"),
                        one.has("adherence")
                                ? Optional.of(new Judgement(one.number("adherence"), one.number("confidence")))
                                : Optional.empty()));
            }
            return new Selection(json.count("asked"), candidates, json.count("kept"));
        } catch (IllegalArgumentException e) {
            throw json.wrong("candidates", "candidates of which one is kept", e.getMessage());
        }
    }
}
