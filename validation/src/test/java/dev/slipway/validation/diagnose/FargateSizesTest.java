package dev.slipway.validation.diagnose;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class FargateSizesTest {

  @ParameterizedTest
  @CsvSource({
    "256,512",
    "256,1024",
    "256,2048",
    "512,1024",
    "512,4096",
    "1024,2048",
    "1024,8192",
    "2048,4096",
    "2048,16384",
    "4096,8192",
    "4096,30720",
    "8192,16384",
    "8192,20480",
    "8192,61440",
    "16384,32768",
    "16384,40960",
    "16384,122880",
    ".25 vCPU,0.5 GB",
    "1 vcpu,3GB",
    "2 VCPU,5120",
    "32768,1",
    "1024.4,2048"
  })
  void takesTheSizesThatThereAre(String cpu, String memory) {
    assertThat(FargateSizes.wrong(cpu, memory)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "256|4096|with 256 CPU units there are 512, 1024 and 2048 MiB",
        "256|511|with 256 CPU units there are 512, 1024 and 2048 MiB",
        "512|512|with 512 CPU units there are 1024 to 4096 MiB in steps of 1024",
        "512|5120|with 512 CPU units there are 1024 to 4096 MiB in steps of 1024",
        "512|1536|with 512 CPU units there are 1024 to 4096 MiB in steps of 1024",
        "8192|17408|with 8192 CPU units there are 16384 to 61440 MiB in steps of 4096",
        "1 vCPU|1 GB|with 1024 CPU units there are 2048 to 8192 MiB in steps of 1024",
        "300|1024|there are 256, 512, 1024, 2048, 4096, 8192 and 16384 CPU units",
        "16383|1024|there are 256, 512, 1024, 2048, 4096, 8192 and 16384 CPU units"
      })
  void saysWhichSizesThereAreInstead(String cpu, String memory, String words) {
    assertThat(FargateSizes.wrong(cpu, memory)).hasValue(words);
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(strings = {"", "much", "1.2.3", "512 KB"})
  void saysNothingOfWhatItCannotRead(String text) {
    assertThat(FargateSizes.wrong(text, "512")).isEmpty();
    assertThat(FargateSizes.wrong("256", text)).isEmpty();
  }
}
