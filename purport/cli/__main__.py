"""`python -m purport.cli`."""

from purport.cli.app import main

if __name__ == "__main__":
    main()
