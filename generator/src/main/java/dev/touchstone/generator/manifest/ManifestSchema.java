package dev.touchstone.generator.manifest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.touchstone.generator.backend.BackendProviders;
import dev.touchstone.metrics.file.DataFileException;
import dev.touchstone.metrics.file.Json;
import dev.touchstone.metrics.metric.Metrics;
import java.nio.file.Path;

/** The schema of manifests, for editors: the published one, with the metrics and back ends that are on the class path here. */
public final class ManifestSchema {

    private ManifestSchema() {}

    /**
     * The schema with these metrics as the names that {@code metrics} may hold, and with what every installed back end takes.
     *
     * @param published {@code docs/schema/manifest-1.json}
     * @throws DataFileException if the file is not a schema of manifests
     */
    public static ObjectNode of(Path published, Metrics metrics) {
        ObjectNode schema = Json.read(published).node();
        JsonNode items = schema.at("/properties/metrics/items");
        if (!(items instanceof ObjectNode names)) {
            throw new DataFileException(published + ": expected a schema with properties.metrics.items, found none");
        }
        ArrayNode enumeration = names.putArray("enum");
        metrics.names(Metrics.OF_A_RUN).forEach(enumeration::add);
        if (!(schema.at("/properties/serving/properties/backend") instanceof ObjectNode backend)) {
            throw new DataFileException(published + ": expected a schema with properties.serving.backend, found none");
        }
        BackendProviders backends = BackendProviders.installed();
        ArrayNode kinds = backend.putArray("enum");
        backends.names().forEach(kinds::add);
        schema.set("allOf", BackendSchema.of(backends));
        return Json.parse("schema of manifests", Json.line(schema)).node(); // numbers as a reader of the file has them
    }
}
