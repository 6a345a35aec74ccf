/*
 * A stand-in for libnvidia-ml.so.1 that plays GPUs by a script: the file standin.conf beside the
 * library, one word and its numbers a line, # for remarks. Times are seconds since nvmlInit.
 *
 *   gpus N               how many there are (2)
 *   init CODE            what nvmlInit returns (0)
 *   power GPU W          a constant draw (300 for GPU 0, 150 for the others)
 *   wave GPU W S         instead: 0 W and W in turns, each for S seconds
 *   noenergy GPU         it has no energy counter
 *   noaverage GPU        it has no average power field
 *   nofields GPU         it has no power fields
 *   nopower GPU          it tells no power at all
 *   lost GPU T           it falls off the bus at T
 *   denied GPU           it may not be opened
 *   reset GPU T          its energy counter begins anew at T
 *   factor GPU F         its counter runs F times too fast
 *   events GPU MASK      clock event reasons (0)
 *   process GPU PID MB   a process that computes on it
 *   mig GPU              it is split into instances
 *
 * Built with -DOLD it is a library of some years ago: without the newer names.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <math.h>
#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

enum { MOST = 8, MOST_PROCESSES = 100 };
enum {
  OK = 0,
  INVALID = 2,
  NOT_SUPPORTED = 3,
  NO_PERMISSION = 4,
  NOT_FOUND = 6,
  TOO_SMALL = 7,
  LOST = 15,
  WRONG_VERSION = 25
};

struct process {
  unsigned pid;
  unsigned long long memory;
};

struct gpu {
  unsigned index;
  double power, wave, wave_s, lost, reset, factor;
  int noenergy, noaverage, nofields, nopower, denied, mig;
  unsigned long long events;
  struct process processes[MOST_PROCESSES];
  unsigned process_count;
};

static struct gpu gpus[MOST];
static unsigned gpu_count;
static int init_code;
static struct timespec started;

static double elapsed(void) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return (double)(now.tv_sec - started.tv_sec) + (double)(now.tv_nsec - started.tv_nsec) / 1e9;
}

static void line(const char *word, unsigned g, double a, double b) {
  struct gpu *gpu = &gpus[g < MOST ? g : 0];
  if (!strcmp(word, "gpus")) gpu_count = g;
  if (!strcmp(word, "init")) init_code = (int)g;
  if (!strcmp(word, "power")) gpu->power = a;
  if (!strcmp(word, "wave")) gpu->wave = a, gpu->wave_s = b;
  if (!strcmp(word, "noenergy")) gpu->noenergy = 1;
  if (!strcmp(word, "noaverage")) gpu->noaverage = 1;
  if (!strcmp(word, "nofields")) gpu->nofields = 1;
  if (!strcmp(word, "nopower")) gpu->nopower = 1;
  if (!strcmp(word, "lost")) gpu->lost = a;
  if (!strcmp(word, "denied")) gpu->denied = 1;
  if (!strcmp(word, "reset")) gpu->reset = a;
  if (!strcmp(word, "factor")) gpu->factor = a;
  if (!strcmp(word, "events")) gpu->events = (unsigned long long)a;
  if (!strcmp(word, "mig")) gpu->mig = 1;
  if (!strcmp(word, "process") && gpu->process_count < MOST_PROCESSES)
    gpu->processes[gpu->process_count++] =
        (struct process){(unsigned)a, (unsigned long long)b << 20};
}

static void script(void) {
  Dl_info self;
  char path[4096];
  if (!dladdr((void *)&script, &self)) return;
  snprintf(path, sizeof path, "%s", self.dli_fname);
  char *slash = strrchr(path, '/');
  if (!slash) return;
  snprintf(slash + 1, sizeof path - (size_t)(slash + 1 - path), "standin.conf");
  FILE *file = fopen(path, "r");
  if (!file) return;
  char text[256], word[32];
  while (fgets(text, sizeof text, file)) {
    unsigned g = 0;
    double a = 0, b = 0;
    if (text[0] != '#' && sscanf(text, "%31s %u %lf %lf", word, &g, &a, &b) >= 2) line(word, g, a, b);
  }
  fclose(file);
}

int nvmlInit_v2(void) {
  memset(gpus, 0, sizeof gpus);
  gpu_count = 2;
  init_code = 0;
  for (unsigned i = 0; i < MOST; i++) {
    gpus[i] = (struct gpu){.index = i, .power = i == 0 ? 300 : 150, .lost = -1, .reset = -1, .factor = 1};
  }
  script();
  clock_gettime(CLOCK_MONOTONIC, &started);
  return init_code;
}

int nvmlShutdown(void) { return OK; }

int nvmlSystemGetDriverVersion(char *version, unsigned length) {
  snprintf(version, length, "570.86.10");
  return OK;
}

int nvmlSystemGetCudaDriverVersion_v2(int *version) {
  *version = 12080;
  return OK;
}

int nvmlDeviceGetCount_v2(unsigned *count) {
  *count = gpu_count;
  return OK;
}

int nvmlDeviceGetHandleByIndex_v2(unsigned index, struct gpu **device) {
  if (index >= gpu_count) return INVALID;
  if (gpus[index].denied) return NO_PERMISSION;
  *device = &gpus[index];
  return OK;
}

static int there(const struct gpu *gpu) {
  return gpu->lost >= 0 && elapsed() >= gpu->lost ? LOST : OK;
}

int nvmlDeviceGetUUID(const struct gpu *gpu, char *uuid, unsigned length) {
  snprintf(uuid, length, "GPU-0000000%u-aaaa-bbbb-cccc-dddddddddddd", gpu->index);
  return there(gpu);
}

int nvmlDeviceGetName(const struct gpu *gpu, char *name, unsigned length) {
  snprintf(name, length, "%s", gpu->index == 0 ? "NVIDIA RTX 4090" : "NVIDIA RTX 3090");
  return there(gpu);
}

/* 87 % on GPU 0, 40 % on the others. */
int nvmlDeviceGetUtilizationRates(const struct gpu *gpu, unsigned rates[2]) {
  rates[0] = gpu->index == 0 ? 87 : 40;
  rates[1] = 30;
  return there(gpu);
}

static const unsigned long long TOTAL = 24576ULL << 20, RESERVED = 400ULL << 20, USED = 18432ULL << 20;

int nvmlDeviceGetMemoryInfo(const struct gpu *gpu, unsigned long long memory[3]) {
  memory[0] = TOTAL;
  memory[1] = TOTAL - RESERVED - USED;
  memory[2] = RESERVED + USED;
  return there(gpu);
}

/* The temperature rises by one degree a second, from 60 to 74 at most. */
int nvmlDeviceGetTemperature(const struct gpu *gpu, int sensor, unsigned *celsius) {
  if (sensor != 0) return INVALID;
  *celsius = 60 + (unsigned)fmin(14, elapsed());
  return there(gpu);
}

int nvmlDeviceGetClockInfo(const struct gpu *gpu, int domain, unsigned *mhz) {
  if (domain != 1 && domain != 2) return INVALID;
  *mhz = domain == 1 ? 2520 : 10501;
  return there(gpu);
}

/* As the driver does, this takes 20 ms. */
int nvmlDeviceGetPcieThroughput(const struct gpu *gpu, int counter, unsigned *kb_s) {
  if (counter != 0 && counter != 1) return INVALID;
  usleep(20000);
  *kb_s = counter == 0 ? 1500000 : 250000;
  return there(gpu);
}

static double power(const struct gpu *gpu, double at) {
  return gpu->wave_s <= 0 ? gpu->power : fmod(at, 2 * gpu->wave_s) < gpu->wave_s ? 0 : gpu->wave;
}

/* The integral of the above. */
static double joules(const struct gpu *gpu, double at) {
  if (gpu->wave_s <= 0) return gpu->power * at;
  double periods = floor(at / (2 * gpu->wave_s)), rest = at - periods * 2 * gpu->wave_s;
  return gpu->wave * (periods * gpu->wave_s + fmax(0, rest - gpu->wave_s));
}

/* In steps of 20 ms. Before the run the board had used 5 kJ. */
int nvmlDeviceGetTotalEnergyConsumption(const struct gpu *gpu, unsigned long long *mj) {
  if (gpu->noenergy) return NOT_SUPPORTED;
  double at = floor(elapsed() * 50) / 50;
  double since = gpu->reset >= 0 && at >= gpu->reset ? gpu->reset : 0;
  *mj = (unsigned long long)(gpu->factor * (joules(gpu, at) - joules(gpu, since)) * 1000 + (since > 0 ? 0 : 5e6));
  return there(gpu);
}

int nvmlDeviceGetPowerUsage(const struct gpu *gpu, unsigned *mw) {
  if (gpu->nopower) return NOT_SUPPORTED;
  *mw = (unsigned)(power(gpu, elapsed()) * 1000);
  return there(gpu);
}

int nvmlDeviceGetEnforcedPowerLimit(const struct gpu *gpu, unsigned *mw) {
  *mw = 450000;
  return there(gpu);
}

int nvmlDeviceGetMigMode(const struct gpu *gpu, unsigned *current, unsigned *pending) {
  if (gpu->index != 0) return NOT_SUPPORTED;
  *current = *pending = (unsigned)gpu->mig;
  return there(gpu);
}

#ifdef OLD

struct old_process_info {
  unsigned pid;
  unsigned long long memory;
};

int nvmlDeviceGetComputeRunningProcesses(const struct gpu *gpu, unsigned *count, struct old_process_info *infos) {
  unsigned room = *count;
  *count = gpu->process_count;
  if (room < gpu->process_count) return TOO_SMALL;
  for (unsigned i = 0; i < gpu->process_count; i++)
    infos[i] = (struct old_process_info){gpu->processes[i].pid, gpu->processes[i].memory};
  return there(gpu);
}

int nvmlDeviceGetCurrentClocksThrottleReasons(const struct gpu *gpu, unsigned long long *mask) {
  *mask = gpu->events;
  return there(gpu);
}

#else

struct process_info {
  unsigned pid;
  unsigned long long memory;
  unsigned gpu_instance, compute_instance;
};

int nvmlDeviceGetComputeRunningProcesses_v3(const struct gpu *gpu, unsigned *count, struct process_info *infos) {
  unsigned room = *count;
  *count = gpu->process_count;
  if (room < gpu->process_count) return TOO_SMALL;
  for (unsigned i = 0; i < gpu->process_count; i++)
    infos[i] = (struct process_info){gpu->processes[i].pid, gpu->processes[i].memory, ~0U, ~0U};
  return there(gpu);
}

int nvmlDeviceGetCurrentClocksEventReasons(const struct gpu *gpu, unsigned long long *mask) {
  *mask = gpu->events;
  return there(gpu);
}

struct memory_v2 {
  unsigned version;
  unsigned long long total, reserved, free, used;
};

int nvmlDeviceGetMemoryInfo_v2(const struct gpu *gpu, struct memory_v2 *memory) {
  if (memory->version != (sizeof(struct memory_v2) | 2 << 24)) return WRONG_VERSION;
  memory->total = TOTAL;
  memory->reserved = RESERVED;
  memory->free = TOTAL - RESERVED - USED;
  memory->used = USED;
  return there(gpu);
}

struct field {
  unsigned id, scope;
  long long stamp, latency;
  int type, status;
  union {
    double d;
    unsigned u;
    unsigned long long ull;
  } value;
};

/* The instant power as unsigned int, the average one, 1 W more, as unsigned long long. */
int nvmlDeviceGetFieldValues(const struct gpu *gpu, int count, struct field *fields) {
  if (gpu->nofields || gpu->nopower) return NOT_SUPPORTED;
  for (int i = 0; i < count; i++) {
    struct field *field = &fields[i];
    double watts = power(gpu, elapsed());
    memset(&field->value, 0xff, sizeof field->value);
    field->status = OK;
    if (field->id == 186) {
      field->type = 1;
      field->value.u = (unsigned)(watts * 1000);
    } else if (field->id == 185 && !gpu->noaverage) {
      field->type = 3;
      field->value.ull = (unsigned long long)((watts + 1) * 1000);
    } else {
      field->status = NOT_SUPPORTED;
    }
  }
  return there(gpu);
}

#endif
