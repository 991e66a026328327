package dev.slipway.twin.ec2;

import dev.slipway.twin.world.AwsError;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;
import software.amazon.awssdk.services.ec2.model.Tag;

/**
 * A kind of resource.
 *
 * @param table the table that holds it
 * @param prefix what its ids begin with, without the hyphen
 * @param type how tag specifications call it
 * @param id its id
 * @param tags its tags
 * @param withTags a copy with other tags
 * @param notFoundCode the error code for an id that does not exist
 * @param notFoundText the message, with {@code %s} for the id
 */
record Kind<T>(
    String table,
    String prefix,
    String type,
    Function<T, String> id,
    Function<T, List<Tag>> tags,
    BiFunction<T, List<Tag>, T> withTags,
    String notFoundCode,
    String notFoundText) {

  AwsError notFound(String id) {
    return AwsError.of(notFoundCode, notFoundText.formatted(id));
  }
}
