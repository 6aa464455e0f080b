#!/bin/bash
#$ -N intarsia
#$ -t 1-20
#$ -pe smp 2
#$ -l h_vmem=4G
#$ -cwd
# qsub sge.sh: 20 processes, each a share of the study. STUDY is a folder that all nodes see.
set -eu
exec "${INTARSIA:-./intarsia}" study mtl-hmb --methods gp,stl --replicates 100 --out "${STUDY:-study}" \
  --shard "$SGE_TASK_ID/$SGE_TASK_LAST" --threads "$NSLOTS" --quiet
