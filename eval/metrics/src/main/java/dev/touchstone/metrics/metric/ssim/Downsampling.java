package dev.touchstone.metrics.metric.ssim;

/** Whether large images are averaged down before their structure is compared. */
public enum Downsampling {
    /** As the image is: TensorFlow, scikit-image, torchmetrics. */
    NONE,
    /** By {@code max(1, round(min side / 256))}: the authors' MATLAB code and piq. */
    TO_256
}
