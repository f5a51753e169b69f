package dev.touchstone.metrics.file;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;

/** Says in words why reading or writing failed; the exceptions of the platform often hold nothing but a path. */
public final class IoReason {

    private IoReason() {}

    /** A few words, with the path where the failing one may be another than the one being written. */
    public static String of(IOException e) {
        if (e instanceof FileSystemException system) {
            String file = String.valueOf(system.getFile());
            if (e instanceof NoSuchFileException) {
                return "no file or folder " + file;
            }
            if (e instanceof AccessDeniedException) {
                return "no permission for " + file;
            }
            if (e instanceof FileAlreadyExistsException || e instanceof NotDirectoryException) {
                return "a file where a folder is needed: " + file;
            }
            if (e instanceof DirectoryNotEmptyException) {
                return "a folder where a file is needed: " + file;
            }
            if (system.getReason() != null) {
                return system.getReason() + " (" + file + ")";
            }
        }
        return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    }
}
