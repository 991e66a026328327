package dev.slipway.twin.elbv2;

/** The buckets that load balancers deliver their logs to. Under the world's lock. */
public interface LogBuckets {

  /** There are no buckets. */
  LogBuckets NONE =
      new LogBuckets() {
        @Override
        public boolean take(String bucket, String key) {
          return false;
        }

        @Override
        public void write(String bucket, String key, byte[] content) {
          // Nothing can be there to be written to.
        }
      };

  /**
   * Whether a bucket of the region is there, and lets Elastic Load Balancing write an object.
   *
   * @param key the object's key
   */
  boolean take(String bucket, String key);

  /** Writes an object that the bucket takes. */
  void write(String bucket, String key, byte[] content);
}
