package dev.touchstone.eval.cost;

import java.util.regex.Pattern;

/**
 * What a run pays for.
 *
 * @param pricePerHour of the device that is held, at least 0
 * @param feePerImage of every image that was asked for and served, at least 0; 0 where nobody charges one
 * @param currency ISO 4217, as in {@code USD}
 */
public record PriceBook(double pricePerHour, double feePerImage, String currency) {

    private static final Pattern CURRENCY = Pattern.compile("[A-Z]{3}");
    private static final double SECONDS_PER_HOUR = 3600;

    /** @throws IllegalArgumentException if a price is negative or not finite, or the currency has another form */
    public PriceBook {
        if (!(pricePerHour >= 0) || !(feePerImage >= 0) || Double.isInfinite(pricePerHour + feePerImage)) {
            throw new IllegalArgumentException("price book: expected finite prices >= 0, found " + pricePerHour
                    + " per hour and " + feePerImage + " per image");
        }
        if (!CURRENCY.matcher(currency).matches()) {
            throw new IllegalArgumentException(
                    "price book: expected a currency such as USD, found \"" + currency + "\"");
        }
    }

    /**
     * What was used: device time, whatever became of it, and images that a fee is due for.
     *
     * @param heldSeconds device time from sent to generation end, divided by the requests that shared the device, over all
     *     attempts; at least 0
     * @param feeImages at least 0
     */
    public double cost(double heldSeconds, long feeImages) {
        if (!(heldSeconds >= 0) || feeImages < 0) {
            throw new IllegalArgumentException(
                    "cost: expected seconds and images >= 0, found " + heldSeconds + " and " + feeImages);
        }
        return heldSeconds * pricePerHour / SECONDS_PER_HOUR + feeImages * feePerImage;
    }
}
