package dev.slipway.validation.settings;

/**
 * A value and where it stands.
 *
 * @param text the value
 * @param source what to call it in a message, for instance {@code --url}, {@code SLIPWAY_URL} or
 *     {@code slipway.yaml line 3 (url)}
 */
public record Value(String text, String source) {}
