package dev.slipway.app;

import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.URI;

@QuarkusTest
class ServiceResourceTest extends ServiceContract {

  @TestHTTPResource("/")
  URI service;

  @TestHTTPResource(value = "/", management = true)
  URI management;

  @Override
  URI service() {
    return service;
  }

  @Override
  URI management() {
    return management;
  }
}
