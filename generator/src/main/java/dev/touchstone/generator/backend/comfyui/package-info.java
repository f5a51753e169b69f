/**
 * Back end {@code comfyui}: a workflow in API format on a ComfyUI server, with phases from its WebSocket messages. Uses
 * {@code backend}, {@code phase}, {@code document} and the pictures of {@code metrics}.
 */
package dev.touchstone.generator.backend.comfyui;
