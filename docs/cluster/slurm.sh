#!/bin/bash
#SBATCH --job-name=intarsia
#SBATCH --array=1-20
#SBATCH --cpus-per-task=2
#SBATCH --mem=4G
#SBATCH --time=04:00:00
# sbatch slurm.sh: 20 processes, each a share of the study. STUDY is a folder that all nodes see.
set -eu
exec "${INTARSIA:-./intarsia}" study mtl-hmb --methods gp,stl --replicates 100 --out "${STUDY:-study}" \
  --shard "$SLURM_ARRAY_TASK_ID/$SLURM_ARRAY_TASK_COUNT" --threads "$SLURM_CPUS_PER_TASK" --quiet
