"""Where the day starts: cycles, queues, the night's news, the receivable."""
