/** Neumaier's summation, which carries along what each addition rounds away. ZAMM 54 (1974), 39–51. */
export class CompensatedSum {
  private sum = 0;
  private lost = 0;

  add(value: number): void {
    const next = this.sum + value;
    this.lost += Math.abs(this.sum) >= Math.abs(value) ? this.sum - next + value : value - next + this.sum;
    this.sum = next;
  }

  total(): number {
    // Of an overflow the part rounded away is meaningless.
    return Number.isFinite(this.sum) ? this.sum + this.lost : this.sum;
  }
}
