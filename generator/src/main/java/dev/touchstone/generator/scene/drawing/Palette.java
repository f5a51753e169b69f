package dev.touchstone.generator.scene.drawing;

/** The colours that the values of the attributes stand for. */
final class Palette {
    private Palette() {}

    static int colour(String value) {
        return switch (value) {
            case "red" -> 0xD8262C;
            case "orange" -> 0xF58220;
            case "yellow" -> 0xF9D71C;
            case "green" -> 0x3F9B35;
            case "teal" -> 0x0F9A9A;
            case "blue" -> 0x2459D8;
            case "purple" -> 0x7A35B8;
            case "pink" -> 0xF0629F;
            case "brown" -> 0x7B4A26;
            case "white" -> 0xF7F7F4;
            case "black" -> 0x26262B;
            default -> 0xD8262C;
        };
    }

    static int ground(String value) {
        return switch (value) {
            case "cream" -> 0xFAF0D2;
            case "mint" -> 0xB9E8CB;
            case "sky" -> 0xA3D3F7;
            case "lilac" -> 0xCBB8F0;
            case "rose" -> 0xF6B7C1;
            case "sand" -> 0xD8B27C;
            case "grey" -> 0xA2A5AA;
            case "navy" -> 0x283A74;
            default -> 0xFAF0D2;
        };
    }

    static int skin(String value) {
        return switch (value) {
            case "light" -> 0xF6D2B8;
            case "tan" -> 0xDFA878;
            case "brown" -> 0xA86F47;
            case "dark" -> 0x6B4229;
            default -> 0xDFA878;
        };
    }

    static int hair(String value) {
        return switch (value) {
            case "black" -> 0x25211F;
            case "brown" -> 0x69401F;
            case "blond" -> 0xE6BC5A;
            case "red" -> 0xB6481C;
            case "grey" -> 0xB4B5B8;
            default -> 0x69401F;
        };
    }
}
