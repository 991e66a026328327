package dev.slipway.twin.terraform.engine;

import com.google.protobuf.ByteString;
import dev.slipway.twin.terraform.proto.GetMetadata;
import dev.slipway.twin.terraform.proto.GetProviderSchema;
import dev.slipway.twin.terraform.proto.Schema;
import dev.slipway.twin.terraform.proto.ServerCapabilities;
import dev.slipway.twin.terraform.schema.Attribute;
import dev.slipway.twin.terraform.schema.Block;
import dev.slipway.twin.terraform.schema.TypeSchema;

/** The catalogue's schemas as messages of the plugin protocol. */
final class ProtoSchemas {

  private static final ServerCapabilities CAPABILITIES =
      ServerCapabilities.newBuilder().setGetProviderSchemaOptional(true).build();

  private ProtoSchemas() {}

  static GetProviderSchema.Response response(Catalog catalog) {
    GetProviderSchema.Response.Builder response =
        GetProviderSchema.Response.newBuilder()
            .setServerCapabilities(CAPABILITIES)
            .setProvider(Schema.newBuilder().setBlock(block(catalog.schema().provider())));
    catalog
        .resources()
        .forEach((name, engine) -> response.putResourceSchemas(name, schema(engine.schema())));
    catalog
        .dataSources()
        .forEach((name, source) -> response.putDataSourceSchemas(name, schema(source.schema())));
    return response.build();
  }

  static GetMetadata.Response metadata(Catalog catalog) {
    GetMetadata.Response.Builder response =
        GetMetadata.Response.newBuilder().setServerCapabilities(CAPABILITIES);
    catalog
        .resources()
        .keySet()
        .forEach(name ->
            response.addResources(GetMetadata.ResourceMetadata.newBuilder().setTypeName(name)));
    catalog
        .dataSources()
        .keySet()
        .forEach(name ->
            response.addDataSources(GetMetadata.DataSourceMetadata.newBuilder().setTypeName(name)));
    return response.build();
  }

  private static Schema schema(TypeSchema schema) {
    return Schema.newBuilder().setVersion(schema.version()).setBlock(block(schema.block())).build();
  }

  private static Schema.Block block(Block block) {
    Schema.Block.Builder message = Schema.Block.newBuilder();
    block.attributes().values().forEach(attribute -> message.addAttributes(attribute(attribute)));
    block.blocks().values().forEach(nested -> message.addBlockTypes(nested(nested)));
    return message.build();
  }

  private static Schema.Attribute attribute(Attribute attribute) {
    return Schema.Attribute.newBuilder()
        .setName(attribute.name())
        .setType(ByteString.copyFromUtf8(attribute.type().toJson().toString()))
        .setRequired(attribute.required())
        .setOptional(attribute.optional())
        .setComputed(attribute.computed())
        .setSensitive(attribute.sensitive())
        .build();
  }

  private static Schema.NestedBlock nested(Block.Nested nested) {
    return Schema.NestedBlock.newBuilder()
        .setTypeName(nested.name())
        .setBlock(block(nested.block()))
        .setNesting(
            switch (nested.nesting()) {
              case SINGLE -> Schema.NestedBlock.NestingMode.SINGLE;
              case LIST -> Schema.NestedBlock.NestingMode.LIST;
              case SET -> Schema.NestedBlock.NestingMode.SET;
            })
        .setMinItems(nested.min())
        .setMaxItems(nested.max())
        .build();
  }
}
