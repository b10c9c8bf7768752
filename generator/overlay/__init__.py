"""An institution's own handbook: what differs from another handbook, and how the two become one."""
