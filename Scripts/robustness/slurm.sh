# A real Slurm on this machine: one node, configured in a folder of its own. The script of --emit slurm is submitted as it
# is, its results are merged, and the bytes are those of one machine.
# shellcheck shell=bash

cluster=$work/slurm
host=$(hostname -s)

# reason FILE…: the last error that a daemon has written
reason() { grep -hiE 'error|fatal' "$@" 2>/dev/null | tail -1; }

# Starts munged, slurmctld and slurmd; says why where one does not come up.
start_cluster() {
  if [ "$(id -u)" != 0 ]; then
    why="the daemons of Slurm need root here"
    return 1
  fi
  export PATH=$PATH:/usr/sbin:/sbin
  if ! need slurmctld slurm-wlm || ! need munged munge; then
    why="slurm-wlm cannot be installed: $(tail -1 "$work/apt.log" 2>/dev/null)"
    return 1
  fi
  mkdir -p "$cluster"/{state,spool}
  mkdir -p "$cluster/munge" && chmod 755 "$cluster/munge"
  head -c 1024 /dev/urandom >"$cluster/munge/key"
  chmod 600 "$cluster/munge/key"
  munged --force --foreground --key-file="$cluster/munge/key" --socket="$cluster/munge/socket" \
    --pid-file="$cluster/munge/pid" --log-file="$cluster/munge/log" --seed-file="$cluster/munge/seed" >"$cluster/munged.log" 2>&1 &
  started+=("$!")
  cat >"$cluster/slurm.conf" <<CONF
ClusterName=robustness
SlurmctldHost=$host(127.0.0.1)
AuthType=auth/munge
CredType=cred/munge
AuthInfo=socket=$cluster/munge/socket
SlurmUser=root
SlurmdUser=root
SlurmctldPort=26817
SlurmdPort=26818
StateSaveLocation=$cluster/state
SlurmdSpoolDir=$cluster/spool
SlurmctldPidFile=$cluster/slurmctld.pid
SlurmdPidFile=$cluster/slurmd.pid
SlurmctldLogFile=$cluster/slurmctld.log
SlurmdLogFile=$cluster/slurmd.log
ProctrackType=proctrack/pgid
TaskPlugin=task/none
JobAcctGatherType=jobacct_gather/none
AccountingStorageType=accounting_storage/none
MpiDefault=none
SwitchType=switch/none
SelectType=select/cons_tres
SelectTypeParameters=CR_CPU
SlurmdParameters=config_overrides
ReturnToService=2
NodeName=$host NodeAddr=127.0.0.1 CPUs=4 State=UNKNOWN
PartitionName=all Nodes=ALL Default=YES MaxTime=INFINITE State=UP
CONF
  export SLURM_CONF=$cluster/slurm.conf
  sleep 1
  slurmctld -D -f "$SLURM_CONF" >"$cluster/slurmctld.out" 2>&1 &
  started+=("$!")
  sleep 2
  slurmd -D -N "$host" -f "$SLURM_CONF" >"$cluster/slurmd.out" 2>&1 &
  started+=("$!")
  local waited=0
  until sinfo -h -o %t 2>/dev/null | grep -q idle; do
    waited=$((waited + 1))
    if [ $waited -gt 60 ]; then
      why="the node does not come up: $(reason "$cluster"/{munged.log,slurmctld.log,slurmd.log,slurmctld.out,slurmd.out})"
      return 1
    fi
    sleep 1
  done
}

why=
if ! start_cluster; then
  skip "Slurm: $why"
else
  pass "Slurm $(slurmctld -V | cut -d' ' -f2): a node is up"
  folder=$work/spread
  (
    cd "$work" || exit
    "$tool" batch plan.yaml --emit slurm --shards 4 -o spread >job.sh
    ROPESCOPE=$tool sbatch --parsable job.sh >job.id
  )
  check "Slurm: the script is accepted" [ -s "$work/job.id" ]
  job=$(cat "$work/job.id")
  waited=0
  while squeue -h -j "$job" 2>/dev/null | grep -q . && [ $waited -lt 300 ]; do
    waited=$((waited + 1))
    sleep 1
  done
  check "Slurm: four shards were computed" [ "$(find "$folder" -maxdepth 2 -name index.html | wc -l)" = 4 ]
  states=$(scontrol show job "$job" 2>/dev/null | grep -oE 'JobState=[A-Z]+' | sort | uniq -c | tr -s ' \n' ' ')
  check "Slurm: all tasks completed ($states)" [ "$states" = " 4 JobState=COMPLETED " ]
  "$tool" batch "$work/plan.yaml" -o "$folder" --merge "$folder"/shard-* 2>"$work/merge.log"
  check "Slurm: --merge ends with exit code 0" [ $? = 0 ]
  rm -rf "$folder"/shard-*
  # The plan was named by another path, which no file of a batch shows.
  check "Slurm: the same bytes as one machine" same "$folder"

  # A task that is cancelled is taken up when the job is submitted again.
  (
    cd "$work" || exit
    "$tool" batch plan.yaml --emit slurm --shards 1 -o again >again.sh
    ROPESCOPE=$tool sbatch --parsable again.sh >job.id
    sleep 3
    scancel --signal=TERM --batch "$(cat job.id)"
    waited=0
    while squeue -h -j "$(cat job.id)" 2>/dev/null | grep -q . && [ $waited -lt 60 ]; do
      waited=$((waited + 1))
      sleep 1
    done
    ROPESCOPE=$tool sbatch --parsable --wait again.sh >job.id
  )
  "$tool" batch "$work/plan.yaml" -o "$work/again" --merge "$work/again/shard-1" -q
  rm -rf "$work/again/shard-1"
  check "Slurm: a job that was ended and submitted again gives the same bytes" same "$work/again"
  scontrol shutdown >/dev/null 2>&1
fi
