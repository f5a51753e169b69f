package dev.touchstone.generator.scene;

import java.util.List;

/** The closed list of caption words. Written out, because the numbering of a trained model's tokens hangs on it. */
final class CaptionVocabulary {

    static final List<String> WORDS = List.of("""
            a against an and art astonished backdrop background bald ball balls beads big black block blond blue
            boat bottle box brown calm cat centre chrome cream curly dark dots dotted drawing drawn empty face
            faces finger fingers fish five flat flower four from glasses go gradient green grey group hair hand
            happy heap horizon hot house ice illustration image in jar label large leaning left letters light
            lilac lit little long love low man medium middle mint mirror mug navy neutral new no of on one open
            orange outline painterly painting people person picture pile pink pixel plain poly portrait purple
            raised red right rose round sad sale sand several shaded shirt short side six sized skinned sky
            small smiling some star stop striped stripes style sun sunglasses surprised sweater tan tea teal the
            three tilted to tree two unhappy upright white with woman word yellow yes
            """.strip().split("\\s+"));

    private CaptionVocabulary() {}
}
