package dev.slipway.twin.cloudwatch;

import dev.slipway.twin.cloudwatch.Series.Minute;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.InflaterInputStream;
import software.amazon.awssdk.core.SdkBytes;

/**
 * Minutes of a metric that are over and so hardly ever change, in little room: most minutes are
 * like the ones before, and a world with many services has millions of them.
 *
 * @param first the first minute
 * @param last the last one
 * @param bytes the minutes, compressed
 */
record PackedMinutes(long first, long last, SdkBytes bytes) {

  static PackedMinutes of(List<Minute> minutes) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(new DeflaterOutputStream(bytes))) {
      out.writeInt(minutes.size());
      for (Minute minute : minutes) {
        out.writeLong(minute.epochMinute());
        write(minute.sample(), out);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new PackedMinutes(
        minutes.getFirst().epochMinute(),
        minutes.getLast().epochMinute(),
        SdkBytes.fromByteArrayUnsafe(bytes.toByteArray()));
  }

  List<Minute> minutes() {
    try (DataInputStream in = new DataInputStream(new InflaterInputStream(bytes.asInputStream()))) {
      int size = in.readInt();
      List<Minute> minutes = new ArrayList<>(size);
      for (int i = 0; i < size; i++) {
        minutes.add(new Minute(in.readLong(), read(in)));
      }
      return minutes;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void write(Sample sample, DataOutputStream out) throws IOException {
    out.writeDouble(sample.count());
    out.writeDouble(sample.sum());
    out.writeDouble(sample.minimum());
    out.writeDouble(sample.maximum());
    out.writeInt(sample.values().size());
    for (Map.Entry<Double, Double> value : sample.values().entrySet()) {
      out.writeDouble(value.getKey());
      out.writeDouble(value.getValue());
    }
  }

  private static Sample read(DataInputStream in) throws IOException {
    double count = in.readDouble();
    double sum = in.readDouble();
    double minimum = in.readDouble();
    double maximum = in.readDouble();
    Map<Double, Double> values = new TreeMap<>();
    for (int left = in.readInt(); left > 0; left--) {
      double value = in.readDouble();
      values.put(value, in.readDouble());
    }
    return new Sample(count, sum, minimum, maximum, values);
  }
}
