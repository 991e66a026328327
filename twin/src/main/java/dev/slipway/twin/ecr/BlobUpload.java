package dev.slipway.twin.ecr;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.function.Function;

/**
 * A blob that is being written. Its digest grows with it, so that committing reads nothing again.
 * Thread safe; its methods block on the file.
 */
public final class BlobUpload {

  /** How far an upload had come at some moment. */
  public static final class Mark {
    private final long size;
    private final MessageDigest digest;

    private Mark(long size, MessageDigest digest) {
      this.size = size;
      this.digest = digest;
    }
  }

  private final Path file;
  private final Function<String, Path> placeOf;
  private final Runnable closed;
  private FileChannel channel;
  private MessageDigest digest = Digests.sha256();
  private long size;

  BlobUpload(Path file, Function<String, Path> placeOf, Runnable closed) {
    this.file = file;
    this.placeOf = placeOf;
    this.closed = closed;
  }

  /** Bytes received so far. */
  public synchronized long size() {
    return size;
  }

  /** Appends bytes. */
  public synchronized void write(ByteBuffer bytes) {
    try {
      if (channel == null) {
        channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      }
      digest.update(bytes.duplicate());
      while (bytes.hasRemaining()) {
        size += channel.write(bytes, size);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Remembers how far the upload has come. */
  public synchronized Mark mark() {
    return new Mark(size, copyOf(digest));
  }

  /** Takes back everything written since the mark. */
  public synchronized void rewind(Mark mark) {
    size = mark.size;
    digest = copyOf(mark.digest);
  }

  /** The digest of what has been received. */
  public synchronized String digest() {
    return "sha256:" + HexFormat.of().formatHex(copyOf(digest).digest());
  }

  /** Ends the upload and keeps the bytes as the blob of their digest, which is returned. */
  public synchronized String commit() {
    write(ByteBuffer.allocate(0));
    String name = digest();
    try {
      channel.truncate(size);
      channel.close();
      Files.move(file, placeOf.apply(name), StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    closed.run();
    return name;
  }

  /** Ends the upload and forgets its bytes. */
  public synchronized void discard() {
    try {
      if (channel != null) {
        channel.close();
      }
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    closed.run();
  }

  private static MessageDigest copyOf(MessageDigest digest) {
    try {
      return (MessageDigest) digest.clone();
    } catch (CloneNotSupportedException e) {
      throw new IllegalStateException(e);
    }
  }
}
