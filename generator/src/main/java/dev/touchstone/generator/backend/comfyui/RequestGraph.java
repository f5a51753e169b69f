package dev.touchstone.generator.backend.comfyui;

import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.touchstone.generator.backend.ImageRequest;
import dev.touchstone.generator.backend.ImageRequest.EditInput;
import dev.touchstone.generator.backend.comfyui.InputMapping.Field;
import dev.touchstone.metrics.file.Sha256;
import dev.touchstone.metrics.image.RgbImage;
import dev.touchstone.metrics.image.png.PngFile;

/**
 * Fills a request into a workflow. What the manifest does not say stays as the workflow has it.
 *
 * @param workflow to fill in
 * @param inputs where
 * @param server takes the pictures of edits
 */
record RequestGraph(Workflow workflow, InputMapping inputs, ComfyUiServer server) {

    /** The workflow of one job: so many images that share a seed. */
    ObjectNode of(ImageRequest request, long seed, int images) {
        ObjectNode graph = workflow.graph();
        inputs.fill(graph, Field.PROMPT, TextNode.valueOf(request.prompt()));
        inputs.fill(graph, Field.NEGATIVE_PROMPT, TextNode.valueOf(request.negativePrompt()));
        inputs.fill(graph, Field.SEED, LongNode.valueOf(seed));
        inputs.fill(graph, Field.WIDTH, IntNode.valueOf(request.widthPixels()));
        inputs.fill(graph, Field.HEIGHT, IntNode.valueOf(request.heightPixels()));
        inputs.fill(graph, Field.BATCH_SIZE, IntNode.valueOf(images));
        request.settings().steps().ifPresent(steps -> inputs.fill(graph, Field.STEPS, IntNode.valueOf(steps)));
        request.settings().sampler().ifPresent(sampler -> inputs.fill(graph, Field.SAMPLER, TextNode.valueOf(sampler)));
        request.settings()
                .guidance()
                .ifPresent(guidance -> inputs.fill(graph, Field.GUIDANCE, DoubleNode.valueOf(guidance)));
        request.edit().ifPresent(edit -> edit(edit, graph));
        return graph;
    }

    private void edit(EditInput edit, ObjectNode graph) {
        inputs.fill(graph, Field.EDIT_STRENGTH, DoubleNode.valueOf(edit.strength()));
        inputs.fill(graph, Field.IMAGE, TextNode.valueOf(uploaded(edit.input())));
        if (inputs.takes(Field.MASK)) {
            inputs.fill(graph, Field.MASK, TextNode.valueOf(uploaded(edit.mask())));
        }
    }

    private String uploaded(RgbImage picture) {
        byte[] png = PngFile.encode(picture);
        return server.upload("touchstone-" + Sha256.of(png).substring(0, 32) + ".png", png);
    }
}
