import RopeMath
