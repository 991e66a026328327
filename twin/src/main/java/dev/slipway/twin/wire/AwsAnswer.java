package dev.slipway.twin.wire;

import java.util.Map;

/**
 * An HTTP answer.
 *
 * @param errorCode the error's code on the wire; empty when the call succeeded
 */
@SuppressWarnings("ArrayRecordComponent") // never compared, and a copy would cost
record AwsAnswer(int status, Map<String, String> headers, byte[] body, String errorCode) {}
