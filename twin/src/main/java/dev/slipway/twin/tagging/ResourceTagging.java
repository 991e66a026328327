package dev.slipway.twin.tagging;

import dev.slipway.twin.world.World;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** The Resource Groups Tagging API of one world. It asks the services through their operations. */
public final class ResourceTagging {

  private final World world;
  private final List<TaggedResources> sources;

  /** The tags of all services of a world. */
  public ResourceTagging(World world) {
    this.world = world;
    Questions questions = new Questions(world);
    this.sources =
        new CopyOnWriteArrayList<>(
            List.of(
                new AcmTags(questions),
                new AutoScalingTags(questions),
                new CloudWatchTags(questions),
                new Ec2Tags(questions),
                new EcrTags(questions),
                new EcsTags(questions),
                new Elbv2Tags(questions),
                new KmsTags(questions),
                new LogTags(questions),
                new ParameterTags(questions),
                new S3Tags(questions),
                new SecretTags(questions),
                new SnsTags(questions),
                new WebAclTags(questions)));
  }

  /** Adds the resources of a further service. */
  public void add(TaggedResources source) {
    sources.add(source);
  }

  /** Registers the operations. */
  public void register() {
    world.operations().registerLater("resourcegroupstaggingapi", List.of(new ResourceApi(sources)));
  }
}
