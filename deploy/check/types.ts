// What no package brings: the fields of a SparkApplication that we may use (Spark operator, API v1beta2), and a policy of S3.
import type { IIoK8sApimachineryPkgApisMetaV1ObjectMeta as ObjectMeta } from "@kubernetes-models/apimachinery/apis/meta/v1/ObjectMeta";
import type { IPodTemplateSpec } from "kubernetes-models/v1/PodTemplateSpec";

type Texts = { [name: string]: string };

interface SparkPod {
  cores?: number;
  coreRequest?: string;
  coreLimit?: string;
  memory?: string;
  memoryOverhead?: string;
  javaOptions?: string;
  serviceAccount?: string;
  labels?: Texts;
  annotations?: Texts;
  priorityClassName?: string;
  template?: Omit<IPodTemplateSpec, "apiVersion" | "kind">;
}

export interface ISparkApplication {
  apiVersion: "sparkoperator.k8s.io/v1beta2";
  kind: "SparkApplication";
  metadata: ObjectMeta;
  spec: {
    type: "Java" | "Scala" | "Python" | "R";
    mode: "cluster" | "client";
    sparkVersion: string;
    image?: string;
    imagePullPolicy?: "Always" | "IfNotPresent" | "Never";
    imagePullSecrets?: string[];
    mainClass: string;
    mainApplicationFile: string;
    arguments?: string[];
    sparkConf?: Texts;
    hadoopConf?: Texts;
    restartPolicy?: {
      type: "Never" | "OnFailure" | "Always";
      onFailureRetries?: number;
      onFailureRetryInterval?: number;
      onSubmissionFailureRetries?: number;
      onSubmissionFailureRetryInterval?: number;
    };
    timeToLiveSeconds?: number;
    driver: SparkPod;
    executor: SparkPod & { instances?: number; deleteOnTermination?: boolean };
  };
}

export interface S3Policy {
  Version: "2012-10-17";
  Statement: {
    Sid: string;
    Effect: "Allow";
    Action: (
      | "s3:AbortMultipartUpload"
      | "s3:DeleteObject"
      | "s3:GetObject"
      | "s3:ListBucket"
      | "s3:ListBucketMultipartUploads"
      | "s3:PutObject"
    )[];
    Resource: `arn:aws:s3:::${string}`[];
    Condition?: { StringLike: { "s3:prefix": string[] } };
  }[];
}
