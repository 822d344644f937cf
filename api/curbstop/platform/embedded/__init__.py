"""The embedded PostgreSQL: a private server that Curbstop starts, watches and stops itself."""

from curbstop.platform.embedded.cluster import Cluster, OwnedCluster
from curbstop.platform.embedded.errors import ClusterInUse, EmbeddedError
from curbstop.platform.embedded.paths import default_data_dir
from curbstop.platform.embedded.starting import attach, attached_or_started, start
from curbstop.platform.embedded.temporary import temporary_cluster

__all__ = [
    "Cluster",
    "ClusterInUse",
    "EmbeddedError",
    "OwnedCluster",
    "attach",
    "attached_or_started",
    "default_data_dir",
    "start",
    "temporary_cluster",
]
