package dev.touchstone.metrics.weights.container;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;

/** Types of numbers in weight files, little-endian. */
enum ElementType {
    FLOAT32("FloatStorage", "F32", 4),
    FLOAT64("DoubleStorage", "F64", 8),
    FLOAT16("HalfStorage", "F16", 2),
    BFLOAT16("BFloat16Storage", "BF16", 2),
    INT64("LongStorage", "I64", 8),
    INT32("IntStorage", "I32", 4),
    INT16("ShortStorage", "I16", 2),
    INT8("CharStorage", "I8", 1),
    UINT8("ByteStorage", "U8", 1),
    BOOL("BoolStorage", "BOOL", 1);

    private final String torchStorage;
    private final String safetensors;
    private final int bytes;

    ElementType(String torchStorage, String safetensors, int bytes) {
        this.torchStorage = torchStorage;
        this.safetensors = safetensors;
        this.bytes = bytes;
    }

    int bytes() {
        return bytes;
    }

    static Optional<ElementType> ofTorchStorage(String name) {
        return Arrays.stream(values()).filter(t -> t.torchStorage.equals(name)).findFirst();
    }

    static Optional<ElementType> ofSafetensors(String name) {
        return Arrays.stream(values()).filter(t -> t.safetensors.equals(name)).findFirst();
    }

    /** The number at this byte offset, as float. */
    float value(ByteBuffer buffer, int offset) {
        return switch (this) {
            case FLOAT32 -> buffer.getFloat(offset);
            case FLOAT64 -> (float) buffer.getDouble(offset);
            case FLOAT16 -> HalfFloat.toFloat(buffer.getShort(offset));
            case BFLOAT16 -> Float.intBitsToFloat(buffer.getShort(offset) << 16);
            case INT64 -> buffer.getLong(offset);
            case INT32 -> buffer.getInt(offset);
            case INT16 -> buffer.getShort(offset);
            case INT8 -> buffer.get(offset);
            case UINT8, BOOL -> buffer.get(offset) & 0xff;
        };
    }
}
