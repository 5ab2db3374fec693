#!/bin/bash
lms load qwen2.5-7b-instruct --context-length 65536 --gpu max
