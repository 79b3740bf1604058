-- AlterEnum
ALTER TYPE "UploadState" ADD VALUE 'ABANDONED';
