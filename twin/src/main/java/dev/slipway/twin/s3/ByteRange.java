package dev.slipway.twin.s3;

import dev.slipway.twin.world.AwsError;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A part of an object, both ends included. Source: RFC 9110, "Range". */
record ByteRange(int from, int to) {

  private static final Pattern SHAPE = Pattern.compile("bytes=(\\d{0,18})-(\\d{0,18})");

  static ByteRange of(String header, int length) {
    Matcher matcher = SHAPE.matcher(header);
    if (!matcher.matches() || matcher.group(1).isEmpty() && matcher.group(2).isEmpty()) {
      throw S3Errors.notImplemented("the range " + header);
    }
    long from;
    long to = length - 1L;
    if (matcher.group(1).isEmpty()) {
      from = Math.max(0, length - Long.parseLong(matcher.group(2)));
    } else {
      from = Long.parseLong(matcher.group(1));
      to = matcher.group(2).isEmpty() ? to : Math.min(to, Long.parseLong(matcher.group(2)));
    }
    if (from >= length || to < from) {
      throw new AwsError("InvalidRange", 416, "The requested range is not satisfiable");
    }
    return new ByteRange((int) from, (int) to);
  }

  String header(int length) {
    return "bytes " + from + "-" + to + "/" + length;
  }
}
