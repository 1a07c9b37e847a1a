"""`python -m docs`: everything on the pages that is generated, written anew."""

from __future__ import annotations

import sys

from docs import blocks, figures, make_lexicons, make_network, make_picture, make_reference, notebooks

if __name__ == "__main__":
    make_reference.main()
    make_lexicons.main()
    figures.main()
    make_picture.main()
    make_network.main()
    notebooks.main([])
    blocks.main(sys.argv[1:])
