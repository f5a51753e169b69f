package dev.touchstone.generator.plan;

import dev.touchstone.generator.run.EditReference.FileReference;
import dev.touchstone.generator.run.RunHeader.DataReference;
import java.util.Optional;

/** The golden dataset of a run, as far as a plan needs it. */
public interface EditInputs {

    /** Which dataset, in which version, with which digest. */
    DataReference dataset();

    /** Input and mask of an edit at a size; empty if there is no such pair, or not at that size. */
    Optional<Files> find(String pair, int widthPixels, int heightPixels);

    /** Files below the folder of golden datasets. */
    record Files(FileReference input, FileReference mask) {}
}
